// System.ValueType is never meant in this project.
global using ValueType = DrJax.Generator.Ir.ValueType;
