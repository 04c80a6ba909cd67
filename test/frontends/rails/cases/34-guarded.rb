class Guarded < ActiveRecord::Migration[7.1]
  def up
    if Rails.env.production?
      add_column :orders, :region, :string
    else
      add_column :orders, :sandbox, :string
    end
    add_column :orders, :trace, :string unless Rails.env.production?
    add_column :orders, :city, :string if Rails.env.in?(%w[production staging])
    add_column :orders, :stage, :string if Rails.env == "staging"
    add_column :orders, :odd, :string if Rails.env.review?
    return unless Rails.env.development?

    drop_table :orders
  end

  def down
    raise ActiveRecord::IrreversibleMigration
  end
end
