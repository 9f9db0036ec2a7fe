"""What the rest stands on: time, secrets, events, locks; nothing of pixiv."""
