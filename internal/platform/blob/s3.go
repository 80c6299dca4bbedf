package blob

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// A Secret is not shown when printed or logged.
type Secret string

// String hides the secret.
func (Secret) String() string { return "…" }

// GoString hides the secret.
func (Secret) GoString() string { return "…" }

// MarshalText hides the secret.
func (Secret) MarshalText() ([]byte, error) { return []byte("…"), nil }

// A Bucket says where in S3 files are kept. The bucket must exist.
type Bucket struct {
	Endpoint string // "host" or "host:port"
	Name     string
	Prefix   string // before each name; empty for none
	Region   string // empty to ask the server
	Key      string
	Secret   Secret
	Plain    bool   // http, for a server on this machine
	Scratch  string // folder for files on their way; empty for the system's
}

// An S3 keeps files in a bucket.
type S3 struct {
	client *minio.Client
	b      Bucket
}

// NewS3 keeps files in the bucket. It does not call the server.
func NewS3(b Bucket) (*S3, error) {
	c, err := minio.New(b.Endpoint, &minio.Options{
		Creds: credentials.NewStaticV4(b.Key, string(b.Secret), ""), Secure: !b.Plain, Region: b.Region,
	})
	if err != nil {
		return nil, fmt.Errorf("blob: S3 at %s: %w", b.Endpoint, err)
	}
	b.Prefix = strings.Trim(b.Prefix, "/")
	return &S3{c, b}, nil
}

func (s *S3) name(hash string) string { return path.Join(s.b.Prefix, place(hash)) }

// Put is Store's. The name is known only when the whole content is, so that waits
// on the local disk.
func (s *S3) Put(ctx context.Context, r io.Reader, limit int64) (Ref, error) {
	f, err := os.CreateTemp(s.b.Scratch, unfinished+"*")
	if err != nil {
		return Ref{}, fail("put", err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	ref, err := pour(ctx, f, r, limit)
	if err != nil {
		return Ref{}, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Ref{}, fail("put", err)
	}
	_, err = s.client.PutObject(ctx, s.b.Name, s.name(ref.Hash), f, ref.Size,
		minio.PutObjectOptions{ContentType: "application/octet-stream", SendContentMd5: true})
	if err != nil {
		return Ref{}, fail("put", err)
	}
	return ref, nil
}

// Open is Store's. The context must live as long as the file is read.
func (s *S3) Open(ctx context.Context, hash string) (io.ReadSeekCloser, error) {
	if !valid(hash) {
		return nil, missing(hash)
	}
	o, err := s.client.GetObject(ctx, s.b.Name, s.name(hash), minio.GetObjectOptions{})
	if err == nil {
		if _, err = o.Stat(); err == nil {
			return o, nil
		}
		o.Close() // the object never was open
	}
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return nil, missing(hash)
	}
	return nil, fail("open", err)
}

// Check is Store's. It fetches all that is kept.
func (s *S3) Check(ctx context.Context) (Report, error) {
	var p Report
	under := s.b.Prefix
	if under != "" {
		under += "/"
	}
	for o := range s.client.ListObjectsIter(ctx, s.b.Name, minio.ListObjectsOptions{Prefix: under, Recursive: true}) {
		err := o.Err
		if err == nil {
			err = s.check(ctx, &p, o.Key, strings.TrimPrefix(o.Key, under))
		}
		if err != nil {
			return p, fail("check", err)
		}
	}
	return p, nil
}

func (s *S3) check(ctx context.Context, p *Report, key, where string) error {
	o, err := s.client.GetObject(ctx, s.b.Name, key, minio.GetObjectOptions{})
	if err != nil {
		return err
	}
	defer o.Close()
	return p.read(ctx, o, where)
}

// Drop is Store's.
func (s *S3) Drop(ctx context.Context, hash string) error {
	if !valid(hash) {
		return nil
	}
	if err := s.client.RemoveObject(ctx, s.b.Name, s.name(hash), minio.RemoveObjectOptions{}); err != nil {
		return fmt.Errorf("blob: drop: %w", err)
	}
	return nil
}
