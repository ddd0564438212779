#!/usr/bin/env php
<?php
// Changes prices by some percent: {"percent": 5, "pricelist": [{"articlenr": "12312", "price": 19.9}]}.

$payload = json_decode($argv[$argc - 1], true, 512, JSON_THROW_ON_ERROR);
$factor = 1 + ($payload['percent'] ?? 0) / 100;
$data = ['handler' => 'pricechange', 'pricelist' => []];
foreach ($payload['pricelist'] ?? [] as $article) {
    $data['pricelist'][] = ['price' => round($article['price'] * $factor, 2)] + $article;
}

// The answer. getenv() and not $_ENV, which is empty unless php.ini says otherwise.
$reqid = getenv('REQUEST_ID');
$ch = curl_init();
$postdata = json_encode($data, JSON_THROW_ON_ERROR);
curl_setopt($ch, CURLOPT_UNIX_SOCKET_PATH, getenv('UROCKET_SOCKET'));
curl_setopt($ch, CURLOPT_URL, "http://internal/urhttp/$reqid");
curl_setopt($ch, CURLOPT_POST, 1);
curl_setopt($ch, CURLOPT_POSTFIELDS, $postdata);
curl_setopt($ch, CURLOPT_RETURNTRANSFER, 1);
curl_setopt($ch, CURLOPT_HTTPHEADER, array('Content-Type: application/json'));
$result = curl_exec($ch);
$status = curl_getinfo($ch, CURLINFO_RESPONSE_CODE);
if ($status !== 200) {
    fwrite(STDERR, "expected the answer to be taken, got $status: " . ($result ?: curl_error($ch)) . "\n");
    exit(1);
}
