class SplitName < ActiveRecord::Migration[7.1]
  def change
    add_column :sailors, :full_name, :string
    reversible do |direction|
      direction.up { execute "UPDATE sailors SET full_name = first || last" }
      direction.down { execute "UPDATE sailors SET first = full_name" }
    end
    up_only { execute "ANALYZE sailors" }
  end
end
