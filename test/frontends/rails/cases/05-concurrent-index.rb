class IndexSailorsOnEmail < ActiveRecord::Migration[7.0]
  disable_ddl_transaction!

  def change
    add_index :sailors, "lower(email)", unique: true, algorithm: :concurrently, where: "left_at IS NULL", name: "sailors_email"
    add_index :sailors, :tags, using: :gin, if_not_exists: true
    remove_index :sailors, column: :email, algorithm: :concurrently
  end
end
