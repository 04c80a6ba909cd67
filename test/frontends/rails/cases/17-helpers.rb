class AddFlags < ActiveRecord::Migration[7.1]
  def change
    flag :sailors, :retired
    flag :ships, :sunk, default: true
    wrap { add_index :ships, :sunk }
  end

  private

  def flag(table, name, default: false)
    add_column table, name, :boolean, null: false, default: default
  end

  def wrap
    yield
  end
end
