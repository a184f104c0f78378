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
    op.create_table('identities',
    sa.Column('issuer', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('user_id', sa.String(length=32), nullable=False),
    sa.Column('created_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.Column('seen_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.Column('claims_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_identities_user_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_identities_workspace_id')),
    sa.PrimaryKeyConstraint('issuer', 'subject', 'organisation', name=op.f('pk_identities'))
    )
    op.create_index(op.f('ix_identities_user_id'), 'identities', ['user_id'])
    op.create_index(op.f('ix_identities_workspace_id'), 'identities', ['workspace_id'])
    op.create_table('organisations',
    sa.Column('issuer', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('workspace_id', sa.String(length=32), nullable=False),
    sa.Column('created_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_organisations_workspace_id')),
    sa.PrimaryKeyConstraint('issuer', 'organisation', name=op.f('pk_organisations')),
    sa.UniqueConstraint('workspace_id', name=op.f('uq_organisations_workspace_id'))
    )
    op.create_table('sign_in_attempts',
    sa.Column('state_hash', sa.String(length=64), nullable=False),
    sa.Column('browser_hash', sa.String(length=64), nullable=False),
    sa.Column('return_to', sa.Text(), nullable=False),
    sa.Column('created_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.Column('expires_at', backend.db.types.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('state_hash', name=op.f('pk_sign_in_attempts'))
    )
    op.create_index(op.f('ix_sign_in_attempts_expires_at'), 'sign_in_attempts', ['expires_at'])
    op.add_column('sessions', sa.Column('issuer', sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('sessions') as batch:
        batch.drop_column('issuer')
    op.drop_table('sign_in_attempts')
    op.drop_table('organisations')
    op.drop_table('identities')
