"""When people logged in and on what kind of device, for themselves and who manages their desk."""
