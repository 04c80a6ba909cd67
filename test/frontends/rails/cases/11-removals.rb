class DropOldThings < ActiveRecord::Migration[7.1]
  def change
    remove_column :sailors, :beard
    remove_columns :sailors, :hat, :boots, type: :string
    remove_reference :sailors, :captain, foreign_key: { to_table: :sailors }
    remove_timestamps :ropes
    drop_table :ropes, :knots, if_exists: true
    drop_join_table :ships, :sailors
  end
end
