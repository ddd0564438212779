// Files that are read whole, those of /proc above all. Thread: any.
#pragma once

#include <string>

namespace urocket {

// The content; empty when there is no such file. A file of /proc comes in pieces of a page and may be longer than one.
std::string read_small_file(const char* path);

}  // namespace urocket
