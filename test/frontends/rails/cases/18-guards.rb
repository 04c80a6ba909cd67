class CreateBlobsOnce < ActiveRecord::Migration[7.0]
  def up
    add_column :ships, :a, :string unless column_exists?(:ships, :a)
    if connection.adapter_name == "PostgreSQL"
      enable_extension "pgcrypto"
    else
      drop_table :never
    end
    return if table_exists?(:blobs)

    create_table(:blobs, id: false) { |t| t.string :key, null: false }
  end
end
