class UseGem < ActiveRecord::Migration[7.1]
  def change
    add_super_index :ships, :name
    with_patience do
      add_column :ships, :a, :string
    end
    create_table :crates do |t|
      t.sticker :label
    end
    add_column :ships, :b, :string, **OPTIONS_FROM_ELSEWHERE
  end
end
