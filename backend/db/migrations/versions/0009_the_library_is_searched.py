"""the library is searched

Revision: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

import backend.db.types
from backend.imaging.shade import shade_of

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = {
    "operation": sa.Text(),
    "platform": sa.Text(),
    "purpose": sa.Text(),
    "words": sa.Text(),
    "light": sa.Integer(),
    "red": sa.Integer(),
    "yellow": sa.Integer(),
}
SHOWN = [
    *("workspace_id", "trashed_at", "purpose", "created_at", "id", "updated_at", "asset_type", "source_module"),
    *("operation", "platform", "provider", "model", "status", "is_favorite", "cost_milli", "file_size"),
    *("light", "red", "yellow"),
]
SEARCHED = ("title", "description", "prompt", "model", "provider", "filename", "id")
PORTION = 500


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("assets", sa.Column(name, kind, nullable=True))
    op.create_index("ix_assets_shown", "assets", SHOWN, unique=False)
    op.drop_index("ix_assets_library", table_name="assets")
    moment = backend.db.types.Instant(timezone=True)
    op.create_table(
        "collections",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_collections_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_collections_workspace_id_name")),
    )
    op.create_table(
        "collected",
        sa.Column("collection_id", sa.String(length=32), nullable=False),
        sa.Column("asset_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("added_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["assets.id"], name=op.f("fk_collected_asset_id")),
        sa.ForeignKeyConstraint(["collection_id"], ["collections.id"], name=op.f("fk_collected_collection_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_collected_workspace_id")),
        sa.PrimaryKeyConstraint("collection_id", "asset_id", name=op.f("pk_collected")),
    )
    op.create_index("ix_collected_asset", "collected", ["asset_id"], unique=False)
    fill()


def fill() -> None:
    """Say of what is there what will be asked."""
    json = sa.JSON().with_variant(sa.JSON(none_as_null=True), "sqlite", "postgresql")
    texts = (*SEARCHED, "colour", "job_id", "source_module", "words", "operation", "platform", "purpose")
    numbers = ("light", "red", "yellow")
    assets = sa.table(
        "assets",
        *(sa.column(name, sa.Text()) for name in texts),
        *(sa.column(name, json) for name in ("tags", "facts")),
        *(sa.column(name, sa.Integer()) for name in numbers),
    )
    jobs = sa.table("jobs", sa.column("id", sa.Text()), sa.column("operation", sa.Text()))
    connection = op.get_bind()
    wanted = sa.select(assets, jobs.c.operation.label("made_by")).join(jobs, jobs.c.id == assets.c.job_id, isouter=True)
    set_here = {name: sa.bindparam(f"new_{name}") for name in COLUMNS}
    change = sa.update(assets).where(assets.c.id == sa.bindparam("this")).values(set_here)
    last = ""
    while rows := connection.execute(wanted.where(assets.c.id > last).order_by(assets.c.id).limit(PORTION)).all():
        connection.execute(change, [said_of(row) for row in rows])
        last = rows[-1].id
    lineage = sa.table("lineage", *(sa.column(name, sa.Text()) for name in ("parent_id", "role", "operation")))
    for role, purpose in (("mask", "mask"), ("control_image", "guide")):
        serves = sa.and_(lineage.c.role == role, lineage.c.operation != "style_transfer")
        serving = sa.select(lineage.c.parent_id).where(serves)
        else_used = sa.select(lineage.c.parent_id).where(sa.not_(serves))
        connection.execute(
            sa.update(assets)
            .where(assets.c.source_module == "upload", assets.c.id.in_(serving), assets.c.id.not_in(else_used))
            .values(purpose=purpose)
        )


def said_of(row: sa.Row) -> dict:
    texts = [getattr(row, name) or "" for name in SEARCHED]
    facts = row.facts if isinstance(row.facts, dict) else {}
    platform = facts.get("platform") if "format_id" in facts else None
    shade = shade_of(row.colour) if row.colour else (None, None, None)
    return {
        "this": row.id,
        "new_operation": row.made_by,
        "new_platform": platform if isinstance(platform, str) else None,
        "new_purpose": "mask" if row.made_by == "select" else None,
        "new_words": "\n".join([*texts, *row.tags]).casefold(),
        **{f"new_{name}": value for name, value in zip(("light", "red", "yellow"), shade, strict=True)},
    }


def downgrade() -> None:
    op.drop_table("collected")
    op.drop_table("collections")
    columns = ["workspace_id", "trashed_at", "created_at", "id"]
    op.create_index("ix_assets_library", "assets", columns, unique=False)
    op.drop_index("ix_assets_shown", table_name="assets")
    with op.batch_alter_table("assets") as batch:
        for name in COLUMNS:
            batch.drop_column(name)
