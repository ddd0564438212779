#include <new>
#include <vector>

// Called by every container since GCC 11, and in no library before it: so we bring our own, which does what they did
// then.
#ifdef __GLIBCXX__
namespace std {
void __throw_bad_array_new_length() { __throw_bad_alloc(); }
}  // namespace std
#endif
