"""The admin: a face on the verbs of `editing`."""
