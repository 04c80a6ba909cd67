# Rows and running jobs still name it, until the migration of this release is done.
Notifications::RssFeedItem = Notification::RssFeedItem
