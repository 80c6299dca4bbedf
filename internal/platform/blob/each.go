package blob

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/minio/minio-go/v7"
)

// Each is Store's.
func (d *Disk) Each(ctx context.Context, f func(Ref) error) error {
	return d.walk(func(where string, e fs.DirEntry) error {
		if strings.HasPrefix(where, unfinished) {
			return nil
		}
		st, err := e.Info()
		if err != nil {
			return fail("list", err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		return f(Ref{Hash: filepath.Base(where), Size: st.Size()})
	})
}

// Each is Store's.
func (s *S3) Each(ctx context.Context, f func(Ref) error) error {
	under := s.b.Prefix
	if under != "" {
		under += "/"
	}
	for o := range s.client.ListObjectsIter(ctx, s.b.Name, minio.ListObjectsOptions{Prefix: under, Recursive: true}) {
		if o.Err != nil {
			return fail("list", o.Err)
		}
		if err := f(Ref{Hash: path.Base(o.Key), Size: o.Size}); err != nil {
			return err
		}
	}
	return nil
}
