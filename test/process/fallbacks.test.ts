import { contract } from "./contract.ts";

contract([]);
contract(["clone3"]);
contract(["pidfd"]);
contract(["group-signal"]);
contract(["close-range"]);
contract(["clone3", "pidfd", "group-signal", "close-range"]);
