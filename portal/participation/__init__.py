"""What the public asks for, and how it is handled: services that know no HTTP."""
