"""counts of requests and of bytes

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

import backend.db.types


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    unlogged = ['UNLOGGED'] if op.get_bind().dialect.name == 'postgresql' else []
    op.create_table('request_counts',
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('clear_at', sa.Double(), nullable=False),
    sa.Column('granted', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_request_counts')),
    prefixes=unlogged
    )
    op.create_table('library_sizes',
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_library_sizes_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', name=op.f('pk_library_sizes'))
    )
    op.execute(
        'INSERT INTO library_sizes (workspace_id, bytes) '
        'SELECT w.id, '
        'COALESCE((SELECT SUM(a.file_size) FROM assets a WHERE a.workspace_id = w.id), 0) '
        '+ COALESCE((SELECT SUM(f.file_size) FROM asset_files f WHERE f.workspace_id = w.id), 0) '
        'FROM workspaces w'
    )
    op.create_index('ix_jobs_load', 'jobs', ['workspace_id', 'status'])


def downgrade() -> None:
    op.drop_index('ix_jobs_load', table_name='jobs')
    op.drop_table('library_sizes')
    op.drop_table('request_counts')
