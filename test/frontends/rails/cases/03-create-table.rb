class CreateVoyages < ActiveRecord::Migration[7.2]
  def change
    create_table :voyages, id: :uuid do |t|
      t.references :ship, null: false, foreign_key: { on_delete: :cascade }, type: :uuid
      t.belongs_to :cargo, polymorphic: true
      t.string :code, index: { unique: true }
      t.decimal :distance, precision: 8, scale: 2
      t.text :ports, array: true, default: []
      t.jsonb :log, null: false, default: {}
      t.virtual :slug, type: :string, as: "lower(code)", stored: true
      t.timestamps
      t.index %i[ship_id code]
      t.check_constraint "distance > 0", name: "distance_is_positive"
    end
  end
end
