// #line names the file as one likes; #error and a static assertion print what one likes.
#line 1 "]0;INJ[2J<script>INJ</script>.c"
#error "]2;INJ[2J" <img src=x onerror=INJ> ‮ko :gnillirednas‬ 2J
_Static_assert(0, "\33]0;INJ\7\x9b" "2J</pre><svg onload=INJ>\rsanderling: ok");
int main(void) { return "]0;INJ"->x; }
