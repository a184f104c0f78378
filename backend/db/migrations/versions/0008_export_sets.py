"""export sets

Revision: 0008
Follows: 0007
"""

import sqlalchemy as sa
from alembic import op

import backend.db.types


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(sa.JSON(none_as_null=True), "sqlite", "postgresql")
    op.create_table(
        "export_sets",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("choices", json, nullable=False),
        sa.Column("created_at", backend.db.types.Instant(timezone=True), nullable=False),
        sa.Column("updated_at", backend.db.types.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_export_sets_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_sets")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_export_sets_workspace_id_name")),
    )


def downgrade() -> None:
    op.drop_table("export_sets")
