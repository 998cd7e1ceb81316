! What is included need not be Fortran: the message about it holds the line.
program leak
  include '@@SECRET_PATH@@'
  include '/proc/1/environ'
  include '/proc/self/mounts'
end program leak
