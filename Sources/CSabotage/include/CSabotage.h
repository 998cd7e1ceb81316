#pragma once
// Nothing is called by name: the linker puts these functions before those that they are named after.
