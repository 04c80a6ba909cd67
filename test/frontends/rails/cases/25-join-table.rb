class JoinShipsAndSailors < ActiveRecord::Migration[7.1]
  def change
    create_join_table :ships, :sailors, column_options: { null: true } do |t|
      t.index :ship_id
    end
    create_join_table :fleet_ships, :fleet_ports
  end
end
