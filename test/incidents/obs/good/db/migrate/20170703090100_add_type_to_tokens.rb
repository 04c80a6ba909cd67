class AddTypeToTokens < ActiveRecord::Migration[5.0]
  def change
    add_column :tokens, :type, :string, default: 'Token::Service'
  end
end
