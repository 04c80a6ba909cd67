class AddSentToParcels < ActiveRecord::Migration
  def change
    add_column :parcels, :sent, :timestamp
  end
end
