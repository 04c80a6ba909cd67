class Notifications::Base < ApplicationRecord
  self.table_name = 'notifications'

  belongs_to :user
  belongs_to :group
end
