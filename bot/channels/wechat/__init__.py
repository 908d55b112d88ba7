"""WeChat Official Account: messages in by webhook, replies out on it or by the customer-service API."""
