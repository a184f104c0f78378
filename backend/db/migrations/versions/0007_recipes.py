"""recipes

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

import backend.db.types


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(sa.JSON(none_as_null=True), 'sqlite', 'postgresql')
    op.create_table('recipes',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('steps', json, nullable=False),
    sa.Column('created_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.Column('updated_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_recipes_workspace_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recipes')),
    sa.UniqueConstraint('workspace_id', 'name', name=op.f('uq_recipes_workspace_id_name'))
    )
    op.create_table('recipe_items',
    sa.Column('run_id', sa.String(length=32), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.String(length=32), nullable=True),
    sa.Column('asset_id', sa.String(length=32), nullable=True),
    sa.Column('row_values', json, nullable=False),
    sa.Column('job_id', sa.String(length=32), nullable=True),
    sa.Column('job_ids', json, nullable=False),
    sa.Column('asset_ids', json, nullable=False),
    sa.Column('problem', json, nullable=True),
    sa.Column('updated_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['jobs.id'], name=op.f('fk_recipe_items_run_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_recipe_items_workspace_id')),
    sa.PrimaryKeyConstraint('run_id', 'ordinal', name=op.f('pk_recipe_items'))
    )
    op.create_index('ix_recipe_items_open', 'recipe_items', ['status', 'workspace_id', 'run_id'], unique=False)
    op.add_column('jobs', sa.Column('parent_id', sa.String(length=32), nullable=True))
    op.create_index('ix_jobs_parent', 'jobs', ['parent_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_jobs_parent', table_name='jobs')
    op.drop_column('jobs', 'parent_id')
    op.drop_table('recipe_items')
    op.drop_table('recipes')
