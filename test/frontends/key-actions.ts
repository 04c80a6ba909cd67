/** One foreign key in the words of each framework. */

export const rails =
  'class Key < ActiveRecord::Migration[7.1]\n  def change\n    add_foreign_key :orders, :users, on_delete: :cascade, on_update: :cascade, deferrable: :immediate\n  end\nend\n';

export const alembic =
  'from alembic import op\n\nrevision = "a1"\ndown_revision = None\n\n\ndef upgrade():\n    op.create_foreign_key("k", "orders", "users", ["user_id"], ["id"], ondelete="CASCADE", onupdate="CASCADE", match="FULL", deferrable=True)\n';

export const knex =
  "exports.up = (knex) => knex.schema.alterTable('orders', (table) => {\n  table.foreign('user_id').references('users.id').onDelete('CASCADE').onUpdate('CASCADE').deferrable('immediate');\n});\nexports.down = () => {};\n";

export const typeorm =
  "import { MigrationInterface, QueryRunner, TableForeignKey } from 'typeorm';\nexport class Key1700000000000 implements MigrationInterface {\n  async up(queryRunner: QueryRunner) {\n    await queryRunner.createForeignKey('orders', new TableForeignKey({ columnNames: ['user_id'], referencedTableName: 'users', referencedColumnNames: ['id'], onDelete: 'CASCADE', onUpdate: 'CASCADE', deferrable: 'INITIALLY IMMEDIATE' }));\n  }\n  async down() {}\n}\n";

export const sequelize =
  "module.exports = {\n  up: (queryInterface, Sequelize) => queryInterface.addColumn('orders', 'user_id', {\n    type: Sequelize.INTEGER,\n    references: { model: 'users', key: 'id', deferrable: Sequelize.Deferrable.INITIALLY_IMMEDIATE },\n    onDelete: 'CASCADE',\n    onUpdate: 'CASCADE',\n  }),\n  down: () => {},\n};\n";

export const kysely =
  "import type { Kysely } from 'kysely';\n\nexport async function up(db: Kysely<any>): Promise<void> {\n  await db.schema.alterTable('orders').addForeignKeyConstraint('k', ['user_id'], 'users', ['id']).onDelete('cascade').onUpdate('cascade').deferrable().execute();\n}\n";

export const pgMigrate =
  "exports.up = (pgm) => {\n  pgm.addConstraint('orders', 'k', { foreignKeys: { columns: 'user_id', references: 'users(id)', onDelete: 'CASCADE', onUpdate: 'CASCADE', match: 'FULL', deferrable: true } });\n};\nexports.down = () => {};\n";
