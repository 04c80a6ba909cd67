class CreateParcelLabels < ActiveRecord::Migration[5.2]
  def change
    create_table :parcel_labels, id: false, primary_key: [:parcel_id, :label_id] do |t|
      t.bigint :parcel_id, null: false
      t.bigint :label_id, null: false
    end
  end
end
