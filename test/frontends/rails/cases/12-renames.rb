class RenameThings < ActiveRecord::Migration[7.1]
  def change
    rename_table :sailors, :crew_members
    rename_column :crew_members, :ship_id, :vessel_id
    rename_index :crew_members, "old_name", "new_name"
  end
end
