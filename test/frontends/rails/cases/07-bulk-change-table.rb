class ReshapeSailors < ActiveRecord::Migration[6.1]
  def change
    change_table(:sailors, bulk: true) do |t|
      t.references :ship, index: false
      t.integer :age
      t.index :age
      t.change_default :grade, from: nil, to: "mate"
    end
  end
end
