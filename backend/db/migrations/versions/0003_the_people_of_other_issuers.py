"""the people of other issuers

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

import backend.db.types


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
