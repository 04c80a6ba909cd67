class Notification < ApplicationRecord
  belongs_to :subscriber, polymorphic: true

  def payload
    JSON.parse(event_payload)
  end
end
