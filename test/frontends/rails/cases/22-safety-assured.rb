class RenameQuickly < ActiveRecord::Migration[7.1]
  def change
    safety_assured { rename_column :ships, :flag, :nation }
    add_reference :ships, :port, index: { algorithm: :concurrently, name: "ships_port" }, foreign_key: true, null: false
  end
end
