class ReshapeSailors < ActiveRecord::Migration[6.1]
  def up
    change_table :sailors, bulk: true do |t|
      t.string :first, :last, limit: 40
      t.remove :name
      t.index [:last, :first]
      t.change :age, :bigint
      t.rename :rank, :grade
    end
  end

  def down
    raise ActiveRecord::IrreversibleMigration, "the names are gone"
  end
end
