// Jacobian blocks of bundle adjustment: the projection once for an observation, then each residual's row in reverse mode.
#include "peer.h"

namespace {

struct V3 {
    double x, y, z;
};
inline V3 operator+(V3 a, V3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline V3 operator-(V3 a, V3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline V3 operator*(double s, V3 a) { return {s * a.x, s * a.y, s * a.z}; }
inline double dot(V3 a, V3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline V3 cross(V3 a, V3 b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
inline void store(double* at, V3 a) { at[0] = a.x, at[1] = a.y, at[2] = a.z; }

}  // namespace

// cameras [., 11]: rotation (axis times angle), centre, focal length, principal point, two radial distortions; points [., 3]; of each of the p
// observations: its camera, point, weight and feature [2]. jacobians [p, 2, 15]: by camera, point, weight; d_weights [p]: of 1 - weight^2.
PEER void peer_ba(int p, const double* cameras, const double* points, const int32_t* camera_of, const int32_t* point_of, const double* weights,
                  const double* features, double* jacobians, double* d_weights) {
    FlushSubnormals mode;
    for (int i = 0; i < p; i++, features += 2, jacobians += 30) {
        const double *camera = cameras + 11 * camera_of[i], *point = points + 3 * point_of[i];
        const double focal = camera[6], k1 = camera[9], k2 = camera[10], w = weights[i];
        const V3 r{camera[0], camera[1], camera[2]}, v{point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]};
        const double angle2 = dot(r, r);
        const bool turned = angle2 > 0;
        double angle = 0, s = 0, c = 1, along = 0;            // along = axis . v
        V3 axis{}, across{}, q;                               // across = axis x v, q = the point seen from the camera
        if (turned) {
            angle = std::sqrt(angle2);
            s = std::sin(angle), c = std::cos(angle);
            axis = (1 / angle) * r;
            across = cross(axis, v);
            along = dot(axis, v);
            q = c * v + s * across + (along * (1 - c)) * axis;
        } else {
            q = v + cross(r, v);
        }
        const double depth = 1 / q.z, px = q.x * depth, py = q.y * depth, square = px * px + py * py;
        const double radial = 1 + square * (k1 + square * k2), slope = 2 * (k1 + 2 * k2 * square);

        for (int row = 0; row < 2; row++) {
            double* j = jacobians + 15 * row;
            const double a = row == 0 ? px : py, wfa = w * focal * a;
            const double gx = wfa * slope * px + (row == 0 ? w * focal * radial : 0);
            const double gy = wfa * slope * py + (row == 0 ? 0 : w * focal * radial);
            const V3 g{gx * depth, gy * depth, -(gx * px + gy * py) * depth};
            V3 dv, dr;
            if (turned) {
                const double ga = dot(g, axis), m = 1 - c;
                dv = c * g + s * cross(g, axis) + (ga * m) * axis;
                const V3 d_axis = s * cross(v, g) + (along * m) * g + (ga * m) * v;
                const double d_angle = c * dot(g, across) - s * dot(g, v) + s * ga * along;
                dr = (1 / angle) * d_axis + (d_angle - dot(d_axis, axis) / angle) * axis;
            } else {
                dv = g + cross(g, r);
                dr = cross(v, g);
            }
            store(j, dr);
            store(j + 3, -1.0 * dv);
            j[6] = w * a * radial;
            j[7] = row == 0 ? w : 0;
            j[8] = row == 0 ? 0 : w;
            j[9] = wfa * square;
            j[10] = wfa * square * square;
            store(j + 11, dv);
            j[14] = focal * a * radial + camera[7 + row] - features[row];
        }
        d_weights[i] = -2 * w;
    }
}
