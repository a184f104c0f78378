"""the audit log

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

import backend.db.types


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_entries',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=True),
    sa.Column('via', sa.String(length=10), nullable=False),
    sa.Column('user_id', sa.String(length=32), nullable=True),
    sa.Column('key_id', sa.String(length=32), nullable=True),
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('target_kind', sa.String(length=20), nullable=True),
    sa.Column('target_id', sa.String(length=64), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('request_id', sa.String(length=64), nullable=True),
    sa.Column('address', sa.String(length=64), nullable=True),
    sa.Column('facts', sa.JSON().with_variant(sa.JSON(none_as_null=True), 'sqlite', 'postgresql'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries'))
    )
    op.create_index('ix_audit_entries_workspace', 'audit_entries', ['workspace_id', 'at', 'id'])
    op.create_index('ix_audit_entries_at', 'audit_entries', ['at', 'id'])


def downgrade() -> None:
    op.drop_table('audit_entries')
