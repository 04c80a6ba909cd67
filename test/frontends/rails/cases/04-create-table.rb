class CreateVoyages < ActiveRecord::Migration[5.0]
  def change
    create_table "voyages", options: "ENGINE=InnoDB" do |t|
      t.references :ship
      t.boolean :late, default: false
      t.integer :crew, limit: 2, unsigned: true
      t.binary :chart, limit: 16.megabytes
      t.json :log
    end
  end
end
