# policy: {"denied": ["xml.dom"]}
from xml import dom
print("BREACH", dom)
