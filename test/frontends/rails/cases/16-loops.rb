class AddRegions < ActiveRecord::Migration[7.1]
  COLUMNS = { north: :integer, south: :string }.freeze

  def up
    %w[ships ports].each { |table| add_column table, :region, :string }
    COLUMNS.each do |name, type|
      add_column :charts, name, type
    end
    [[:ships, :ports], [:ports, :docks]].each_with_index do |(from, to), index|
      add_foreign_key from, to, name: "link_#{index}"
    end
    select_values("SELECT name FROM tenants").each do |tenant|
      drop_table "#{tenant}_logs"
    end
  end
end
