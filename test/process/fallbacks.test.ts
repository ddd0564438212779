import { contract } from "./contract.ts";

contract([]);
contract(["vfork", "clone3"]);
contract(["pidfd"]);
contract(["group-signal"]);
contract(["close-range"]);
contract(["vfork"]);
contract(["clone3", "pidfd", "group-signal", "close-range"]);
