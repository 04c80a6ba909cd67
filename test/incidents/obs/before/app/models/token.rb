class Token < ApplicationRecord
  belongs_to :user
end
