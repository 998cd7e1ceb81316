! What is included need not be Fortran: the message about it holds the line. A file that cannot be read ends the compiler.
program leak
  include '@@SECRET_PATH@@'
end program leak
