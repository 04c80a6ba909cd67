class AddByKind < ActiveRecord::Migration[8.0]
  KIND = "small"

  def change
    case KIND
    when "large" then drop_table :ships
    when "small" then add_column :ships, :size, :integer, limit: 2
    else drop_table :ports
    end
    add_column :ships, :price, :decimal, precision: 10 if KIND == "small"
  end
end
