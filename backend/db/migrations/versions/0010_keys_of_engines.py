"""keys of engines

Revision: 0010
Follows: 0009
"""

import sqlalchemy as sa
from alembic import op

import backend.db.types


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = backend.db.types.Instant(timezone=True)
    op.create_table(
        "workspace_seals",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("wrapped", sa.String(length=200), nullable=False),
        sa.Column("made_at", instant, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_workspace_seals_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_workspace_seals")),
    )
    op.create_table(
        "engine_keys",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("last_four", sa.String(length=4), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=True),
        sa.Column("made_at", instant, nullable=False),
        sa.Column("checked_at", instant, nullable=True),
        sa.Column("works", sa.Boolean(), nullable=True),
        sa.Column("said", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_engine_keys_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "provider", name=op.f("pk_engine_keys")),
    )


def downgrade() -> None:
    op.drop_table("engine_keys")
    op.drop_table("workspace_seals")
