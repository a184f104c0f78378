"""personas

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

import backend.db.types


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(sa.JSON(none_as_null=True), 'sqlite', 'postgresql')
    op.create_table('personas',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('voice', sa.Text(), nullable=False),
    sa.Column('style_words', json, nullable=False),
    sa.Column('palette', json, nullable=False),
    sa.Column('negative_words', json, nullable=False),
    sa.Column('engines', json, nullable=False),
    sa.Column('style_preset', sa.Text(), nullable=True),
    sa.Column('is_default', sa.Boolean(), nullable=False),
    sa.Column('created_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.Column('updated_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_personas_workspace_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_personas')),
    sa.UniqueConstraint('workspace_id', 'name', name=op.f('uq_personas_workspace_id_name'))
    )
    op.create_index(
        'uq_personas_default', 'personas', ['workspace_id'], unique=True,
        sqlite_where=sa.text('is_default'), postgresql_where=sa.text('is_default'),
    )


def downgrade() -> None:
    op.drop_table('personas')
