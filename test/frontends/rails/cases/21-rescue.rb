class DropMaybe < ActiveRecord::Migration[7.1]
  def up
    begin
      remove_index :ships, :name
    rescue ArgumentError => error
      say error.message
      remove_index :ships, name: "other"
    end
    remove_column :ships, :flag rescue nil
    say_with_time("counting") { add_column :ships, :count, :integer }
  end
end
