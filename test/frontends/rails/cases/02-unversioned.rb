class CreateHarbours < ActiveRecord::Migration
  def self.up
    create_table :harbours, :force => true do |t|
      t.column :name, :string, :limit => 60
      t.references :country
      t.timestamps
    end
  end

  def self.down
    drop_table :harbours
  end
end
