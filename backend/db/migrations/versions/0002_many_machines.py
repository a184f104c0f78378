"""many machines

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

import backend.db.types


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('workers',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('host', sa.Text(), nullable=False),
    sa.Column('pid', sa.Integer(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('started_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.Column('seen_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workers'))
    )
    op.create_table('provider_places',
    sa.Column('provider', sa.String(length=40), nullable=False),
    sa.Column('place', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('worker_id', sa.String(length=32), nullable=False),
    sa.Column('taken_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['worker_id'], ['workers.id'], name=op.f('fk_provider_places_worker_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('provider', 'place', name=op.f('pk_provider_places'))
    )
    op.create_index(op.f('ix_provider_places_worker_id'), 'provider_places', ['worker_id'])
    with op.batch_alter_table('jobs') as batch_op:
        batch_op.add_column(sa.Column('traceparent', sa.String(length=55), nullable=True))
        batch_op.add_column(sa.Column('worker_id', sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('jobs') as batch_op:
        batch_op.drop_column('worker_id')
        batch_op.drop_column('traceparent')
    op.drop_table('provider_places')
    op.drop_table('workers')
