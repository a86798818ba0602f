"""The ways to compute one two-dimensional convolution layer, one module each.

All take ``(input, weight, stride, padding, dilation, groups)`` with `input` (N, C, H, W), `weight`
(K, C / groups, R, S), a pair (rows, columns) for `stride` and `dilation`, and a pair of pairs
((top, bottom), (left, right)) for `padding`; all return (N, K, P, Q). None adds a bias and none checks what
`cnnbook.functional.conv2d` has checked before.
"""
