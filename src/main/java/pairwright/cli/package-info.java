/** Commands: parse, call one room, print, exit; the only room that prints or exits. */
package pairwright.cli;
